using StackHub.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteServer))]
// Each test starts processes of its own, and the vendors' secrets go to them by environment variables.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
