using StackHub.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteServer))]
