using System.Text.Json.Serialization;
using StackHub.Identity.Matching;
using StackHub.Sync.Explain;
using StackHub.Sync.Runs;
using StackHub.Web.Connectors;
using StackHub.Web.Conflicts;
using StackHub.Web.DeadLetters;
using StackHub.Web.Errors;
using StackHub.Web.Health;
using StackHub.Web.Paging;
using StackHub.Web.Plan;
using StackHub.Web.Records;
using StackHub.Web.Runs;
using StackHub.Web.Systems;

namespace StackHub.Web.Json;

/// <summary>Everything the API reads and writes.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Page<RecordView>))]
[JsonSerializable(typeof(Page<LinkView>))]
[JsonSerializable(typeof(Page<SystemView>))]
[JsonSerializable(typeof(Page<RunView>))]
[JsonSerializable(typeof(Page<ConflictView>))]
[JsonSerializable(typeof(Page<MergeEntry>))]
[JsonSerializable(typeof(Page<DeadLetterView>))]
[JsonSerializable(typeof(Page<ConnectorView>))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(PlanPage))]
[JsonSerializable(typeof(PlanCount))]
[JsonSerializable(typeof(StartRun))]
[JsonSerializable(typeof(PauseSystem))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Alive))]
internal sealed partial class WebJson : JsonSerializerContext;
