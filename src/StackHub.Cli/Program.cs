using StackHub.Cli.CommandLine;

return await CommandRunner.RunAsync(args, Shell.OfProcess(), CancellationToken.None);
