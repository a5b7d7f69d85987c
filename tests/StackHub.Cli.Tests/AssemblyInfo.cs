// The sandbox's secrets go by environment variables, of which there is one set a process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
