using Integrations.Testing;

namespace MetaSandbox;

/// <summary>
/// People, Pages and Instagram accounts to begin with: two Pages that can be connected, one that only a business grant shows; an account
/// that is linked to the first Page, and one that has no Page and logs in by itself.
/// </summary>
internal static class Seed
{
    public static void Fill(MetaSimulator meta)
    {
        var ada = meta.AddUser("Ada Admin");
        var shop = meta.AddPage("My Business Page", ada, "103000000000001", "17841400000000001");
        meta.AddPage("Second Page", ada, "103000000000002");
        meta.AddPage("Business Portfolio Page", ada, "103000000000003", businessOwned: true);
        var bob = meta.AddUser("Bob Analyst");
        shop.AddRole(bob, "ANALYZE");
        foreach (var page in meta.Pages)
            page.AddContact("Grace", "Hopper");
        meta.AddInstagramAccount("corner_shop", "17841400000000002");
        foreach (var account in meta.InstagramAccounts)
            account.AddContact("dan.writes", "Dan");
    }
}
