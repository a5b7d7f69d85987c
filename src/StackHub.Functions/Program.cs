// The Azure Functions host arrives with the Azure work; until then this says so instead of pretending.
Console.Error.WriteLine("StackHub does not run as an Azure Functions app yet. Run it as one process: dotnet run --project src/StackHub.Cli -- serve");
return 1;
