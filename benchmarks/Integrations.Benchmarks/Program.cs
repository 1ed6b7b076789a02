using Integrations.Benchmarks;
using Integrations.Benchmarks.ColdStart;
using Integrations.Benchmarks.Load;

return args switch
{
    [LoadWorker.Verb] => await LoadWorker.RunAsync(),
    [ColdStartWorker.Verb, var host] => await ColdStartWorker.RunAsync(host),
    _ => await BenchmarkRun.RunAsync(args),
};
