using Microsoft.Extensions.DependencyInjection;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Privacy.Tombstones;
using StackHub.Triggers;
using StackHub.Suppression;
using StackHub.Privacy.Packages;

namespace StackHub.Privacy;

public static class PrivacyServices
{
    /// <summary>Requests, their plans, tasks, holds and tombstones.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<PrivacyRows>()
        .AddSingleton<PrivacyStore>()
        .AddSingleton<PrivacyTrail>()
        .AddSingleton<SubmitPrivacyRequest>()
        .AddSingleton<RequestDesk>()
        .AddSingleton<RequestClosing>()
        .AddSingleton<RequestInbox>()
        .AddSingleton<RemovedSystems>()
        .AddSingleton<RequestReceipts>()
        .AddSingleton<SubjectGathering>()
        .AddSingleton<MakePackage>()
        .AddSingleton<SubjectSearch>()
        .AddSingleton<RequestPlanner>()
        .AddSingleton<HoldStore>()
        .AddSingleton<LegalHolds>()
        .AddSingleton<SystemCalls>()
        .AddSingleton<Canary>()
        .AddSingleton<HubCopies>()
        .AddSingleton<ISubjectStore, PackageCopies>()
        .AddSingleton<HubActions>()
        .AddSingleton<RestrictedPeople>()
        .AddSingleton<OfficerAlerts>()
        .AddSingleton<TaskSignals>()
        .AddSingleton<TaskOrder>()
        .AddSingleton<TaskRunner>()
        .AddSingleton<TaskRounds>()
        .AddSingleton<DueTasks>()
        .AddSingleton<RequestRunner>()
        .AddSingleton<DropNotes>()
        .AddSingleton<Resurrections>()
        .AddSingleton<ErasedInTool>()
        .AddSingleton<LiftTombstone>()
        .AddSingleton<IQueueHandler, PrivacyHandler>()
        .AddSingleton<ITimerHandler, PrivacyTimer>();
}
