using System.Text.Json.Serialization;
using StackHub.Cli.Commands;
using StackHub.Cli.Demo;
using StackHub.Cli.Rounds;

namespace StackHub.Cli.Output;

/// <summary>What only commands say.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<ReadResult>))]
[JsonSerializable(typeof(IReadOnlyList<WriteResult>))]
[JsonSerializable(typeof(SyncSummary))]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class CliJson : JsonSerializerContext;
