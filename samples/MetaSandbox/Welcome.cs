using Integrations.Testing;

namespace MetaSandbox;

internal static class Welcome
{
    public static string Text(MetaSimulator meta)
    {
        var root = meta.GraphBaseUri.AbsoluteUri.TrimEnd('/');
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

            When the host listens, register its webhook. The sandbox calls it with hub.challenge, as Meta does:
              curl "{root}/v26.0/{meta.AppId}/subscriptions" -d object=page -d verify_token=sandbox \
                -d callback_url=http://localhost:5000/integrations/facebook/webhook --data-urlencode "access_token={meta.AppId}|{meta.AppSecret}"

            Ctrl+C stops it.
            """;
    }
}
