using System.Globalization;
using StackHub.Benchmarks;
using StackHub.Benchmarks.Erasure;
using StackHub.Benchmarks.Job1;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["job1", "serve", .. var rest] => await Job1Hub.ServeAsync(Options.Of(rest)),
    ["erasure", "vendors", .. var rest] => await ErasureVendors.ServeAsync(Options.Of(rest)),
    ["erasure", "hub", .. var rest] => await ErasureRun.ServeAsync(Options.Of(rest)),
    _ => await Suite.RunAsync(args),
};
