namespace Integrations.AspNetCore;

/// <summary>Lets a person pick an account. Names come from the platform, and are encoded like everything else.</summary>
internal static class AccountsPage
{
    public static Page Make(AccountChoice choice, string action)
    {
        var options = choice.Accounts.Select(Option);
        return new Page(200, "Choose an account",
            $"""<form method="post" action="{action}"><fieldset><legend>Which account should be connected?</legend>{options}</fieldset><button type="submit">Connect</button></form>""")
        {
            HasForm = true,
        };
    }

    private static Html Option(PlatformAccount account) => account.CanConnect
        ? (Html)$"""<label><input type="radio" name="account_id" value="{account.Id}" required> {account.Name}</label>"""
        : (Html)$"""<label><input type="radio" name="account_id" value="{account.Id}" disabled> {account.Name}<small>{account.Reason}</small></label>""";
}
