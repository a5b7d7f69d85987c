using System.Text.Json.Serialization;
using StackHub.Cli.Commands;
using StackHub.Cli.Demo;
using StackHub.Cli.Rounds;
using StackHub.Sync.Runs;
using StackHub.Web.Audit;
using StackHub.Web.Routing;

namespace StackHub.Cli.Output;

/// <summary>What only commands say.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<ReadResult>))]
[JsonSerializable(typeof(IReadOnlyList<WriteResult>))]
[JsonSerializable(typeof(SyncSummary))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(SandboxSummary))]
[JsonSerializable(typeof(SystemPause))]
[JsonSerializable(typeof(IReadOnlyList<PollResult>))]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(DoneTo))]
[JsonSerializable(typeof(ConfigReport))]
[JsonSerializable(typeof(ConnectorTestReport))]
[JsonSerializable(typeof(KeySummary))]
[JsonSerializable(typeof(IReadOnlyList<KeySummary>))]
[JsonSerializable(typeof(HubStatus))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(AuditRunView))]
[JsonSerializable(typeof(FindingView[]))]
[JsonSerializable(typeof(IReadOnlyList<DrillView>))]
[JsonSerializable(typeof(SelectionView))]
[JsonSerializable(typeof(ConsolidationView))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(LifecycleSummary))]
[JsonSerializable(typeof(PoolView[]))]
[JsonSerializable(typeof(DecisionView))]
[JsonSerializable(typeof(ReceiptReport))]
[JsonSerializable(typeof(IReadOnlyList<CandidateView>))]
internal sealed partial class CliJson : JsonSerializerContext;
