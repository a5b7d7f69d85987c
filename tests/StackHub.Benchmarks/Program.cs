using System.Globalization;
using StackHub.Benchmarks;
using StackHub.Benchmarks.Job1;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["job1", "serve", .. var rest] => await Job1Hub.ServeAsync(Options.Of(rest)),
    _ => 1,
};
