using Integrations.Benchmarks;
using Integrations.Benchmarks.ColdStart;
using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Refresh;
using Integrations.Benchmarks.Streams;

return args switch
{
    [LoadWorker.Verb] => await LoadWorker.RunAsync(),
    [RefreshPlatform.Verb] => await RefreshPlatform.RunAsync(),
    [StreamHostWorker.Verb, var kind] => await StreamHostWorker.RunAsync(kind),
    [ColdStartWorker.Verb, var host] => await ColdStartWorker.RunAsync(host),
    _ => await BenchmarkRun.RunAsync(args),
};
