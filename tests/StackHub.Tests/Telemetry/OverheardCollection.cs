using StackHub.Testing.Telemetry;

namespace StackHub.Tests.Telemetry;

/// <summary>Alone in its process while it runs: a listener hears every hub there is.</summary>
[CollectionDefinition(nameof(Overheard), DisableParallelization = true)]
public sealed class OverheardCollection;
