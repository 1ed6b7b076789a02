using Integrations.Testing;

namespace MetaSandbox;

internal static class Welcome
{
    public static string Text(MetaSimulator meta)
    {
        var root = Root(meta.GraphBaseUri);
        return $"""
            Meta sandbox: a Graph API that behaves like Meta's, for development only.

              control page      {root}/
              state as JSON     {root}/control/state
              Graph API base    {root}
              dialog base       {root}
              app id            {meta.AppId}
              app secret        {meta.AppSecret}
              redirect URIs     any on the loopback address

            Settings of a host built with this SDK:
              Integrations__Facebook__AppId={meta.AppId}
              Integrations__Facebook__AppSecret={meta.AppSecret}
              Integrations__Facebook__VerifyToken=sandbox
              Integrations__Facebook__GraphBaseUri={root}
              Integrations__Facebook__DialogBaseUri={root}

            The same for Instagram, by either login:
              Integrations__Instagram__LoginRoute=InstagramLogin          (or FacebookLogin, for accounts that are linked to a Page)
              Integrations__Instagram__AppId={meta.AppId}
              Integrations__Instagram__AppSecret={meta.AppSecret}
              Integrations__Instagram__InstagramAppId={meta.InstagramAppId}
              Integrations__Instagram__InstagramAppSecret={meta.InstagramAppSecret}
              Integrations__Instagram__VerifyToken=sandbox
              Integrations__Instagram__GraphBaseUri={root}
              Integrations__Instagram__DialogBaseUri={root}
              Integrations__Instagram__InstagramDialogBaseUri={Root(meta.InstagramDialogBaseUri)}
              Integrations__Instagram__InstagramApiBaseUri={Root(meta.InstagramApiBaseUri)}
              Integrations__Instagram__InstagramGraphBaseUri={Root(meta.InstagramGraphBaseUri)}

            When the host listens, register its webhook. The sandbox calls it with hub.challenge, as Meta does:
              curl "{root}/v26.0/{meta.AppId}/subscriptions" -d object=page -d verify_token=sandbox \
                -d callback_url=http://localhost:5000/integrations/facebook/webhook --data-urlencode "access_token={meta.AppId}|{meta.AppSecret}"
            The webhook of the object instagram is registered in the dashboard at Meta, and here on the control page:
              curl {root}/control/ig-webhook -d callback=http://localhost:5000/integrations/instagram/webhook -d verify_token=sandbox

            Ctrl+C stops it.
            """;
    }

    private static string Root(Uri uri) => uri.AbsoluteUri.TrimEnd('/');
}
