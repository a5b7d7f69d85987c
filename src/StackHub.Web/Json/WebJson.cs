using System.Text.Json.Serialization;
using StackHub.Audit.Reports;
using StackHub.Identity.Matching;
using StackHub.Privacy.Bulk;
using StackHub.Privacy.OpenDsr;
using StackHub.Sync.Explain;
using StackHub.Sync.Runs;
using StackHub.Web.Audit;
using StackHub.Web.Connectors;
using StackHub.Web.Conflicts;
using StackHub.Web.DeadLetters;
using StackHub.Web.Errors;
using StackHub.Web.Health;
using StackHub.Web.Lifecycle;
using StackHub.Web.Paging;
using StackHub.Web.Plan;
using StackHub.Web.Intake;
using StackHub.Web.Privacy;
using StackHub.Web.Records;
using StackHub.Web.Routing;
using StackHub.Web.Routing.Simulating;
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
[JsonSerializable(typeof(RoutingView))]
[JsonSerializable(typeof(DecisionView[]))]
[JsonSerializable(typeof(SimulateRules))]
[JsonSerializable(typeof(SimulationView))]
[JsonSerializable(typeof(MoveLead))]
[JsonSerializable(typeof(WhatIfView))]
[JsonSerializable(typeof(Page<OverrideView>))]
[JsonSerializable(typeof(ProposeOverride))]
[JsonSerializable(typeof(Page<MergeEntry>))]
[JsonSerializable(typeof(Page<DeadLetterView>))]
[JsonSerializable(typeof(Page<ConnectorView>))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(LifecycleReportView))]
[JsonSerializable(typeof(PersonLifecycleView))]
[JsonSerializable(typeof(Page<FindingView>))]
[JsonSerializable(typeof(PlanPage))]
[JsonSerializable(typeof(PlanCount))]
[JsonSerializable(typeof(StartRun))]
[JsonSerializable(typeof(PauseSystem))]
[JsonSerializable(typeof(AuditSummary))]
[JsonSerializable(typeof(Page<FindingDocument>))]
[JsonSerializable(typeof(Page<ToolDocument>))]
[JsonSerializable(typeof(Page<RunDocument>))]
[JsonSerializable(typeof(AcceptFinding))]
[JsonSerializable(typeof(DrillReport))]
[JsonSerializable(typeof(Page<DrillView>))]
[JsonSerializable(typeof(IReadOnlyList<DrillView>))]
[JsonSerializable(typeof(StartDrill))]
[JsonSerializable(typeof(ConsolidationView))]
[JsonSerializable(typeof(SelectionView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Alive))]
[JsonSerializable(typeof(Page<RequestLineView>))]
[JsonSerializable(typeof(RequestView))]
[JsonSerializable(typeof(SubmittedView))]
[JsonSerializable(typeof(PrivacyPlanView))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(EvidenceView))]
[JsonSerializable(typeof(ReceiptView))]
[JsonSerializable(typeof(ReceiptKeysView))]
[JsonSerializable(typeof(PackageView))]
[JsonSerializable(typeof(IReadOnlyList<HoldView>))]
[JsonSerializable(typeof(IReadOnlyList<CapabilityView>))]
[JsonSerializable(typeof(IReadOnlyList<LawView>))]
[JsonSerializable(typeof(IReadOnlyList<AlertView>))]
[JsonSerializable(typeof(CcpaView))]
[JsonSerializable(typeof(BulkReport))]
[JsonSerializable(typeof(ConsentView))]
[JsonSerializable(typeof(ConsentRecorded))]
[JsonSerializable(typeof(SignalView))]
[JsonSerializable(typeof(SubmitBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(ApproveBody))]
[JsonSerializable(typeof(DenyBody))]
[JsonSerializable(typeof(AppealBody))]
[JsonSerializable(typeof(AppealAnswerBody))]
[JsonSerializable(typeof(ExtendBody))]
[JsonSerializable(typeof(ChooseBody))]
[JsonSerializable(typeof(CorrectBody))]
[JsonSerializable(typeof(EvidenceBody))]
[JsonSerializable(typeof(ExemptBody))]
[JsonSerializable(typeof(QuestionBody))]
[JsonSerializable(typeof(LiftBody))]
[JsonSerializable(typeof(ReturnBody))]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(SaidView))]
[JsonSerializable(typeof(HoldBody))]
[JsonSerializable(typeof(ConsentBody))]
[JsonSerializable(typeof(SignalBody))]
[JsonSerializable(typeof(DiscoveryDocument))]
[JsonSerializable(typeof(CreatedAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(CancelledAnswer))]
[JsonSerializable(typeof(OpenDsrError))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(object))]
internal sealed partial class WebJson : JsonSerializerContext;
