using StackHub.Functions;
using StackHub.Hosting;

if (HostSettings.PortOfHost() is not { } port)
{
    Console.Error.WriteLine("""
        This is StackHub as an Azure Functions custom handler: a Functions host starts it and sets FUNCTIONS_CUSTOMHANDLER_PORT.
        To run it on this machine, run 'func start' in the folder of its host.json.
        To run StackHub as one process of its own: dotnet run --project src/StackHub.Cli -- serve
        """);
    return 1;
}
try
{
    await using var app = await FunctionsHub.BuildAsync(HostSettings.Read(port), CancellationToken.None);
    await app.RunAsync();
}
catch (HubStartException e)
{
    Console.Error.WriteLine(e.Message);
}
// The host starts a process again that ended with an error, and never one that ended with 0.
return 1;
