using Integrations.Benchmarks;
using Integrations.Benchmarks.ColdStart;
using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Refresh;

return args switch
{
    [LoadWorker.Verb] => await LoadWorker.RunAsync(),
    [RefreshPlatform.Verb] => await RefreshPlatform.RunAsync(),
    [ColdStartWorker.Verb, var host] => await ColdStartWorker.RunAsync(host),
    _ => await BenchmarkRun.RunAsync(args),
};
