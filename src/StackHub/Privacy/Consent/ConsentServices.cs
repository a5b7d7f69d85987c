using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Triggers;
using StackHub.Suppression;

namespace StackHub.Privacy.Consent;

public static class ConsentServices
{
    public static IServiceCollection AddConsent(this IServiceCollection services) => services
        .AddSingleton<ConsentLedger>()
        .AddSingleton<ISubjectStore, ConsentCopies>()
        .AddSingleton<ConsentUpkeep>()
        .AddSingleton<RecordConsent>()
        .AddSingleton<RestrictProcessing>()
        .AddSingleton<LiftRestriction>()
        .AddSingleton<IQueueHandler, ConsentHandler>()
        .AddSingleton<ConsentCheck>()
        .AddSingleton<ITimerHandler>(provider => provider.GetRequiredService<ConsentCheck>())
        .AddSingleton(provider => Subscription(provider.GetRequiredService<HubModel>()));

    /// <summary>Flags, and addresses, under which somebody may have spoken before the record was there. Nothing where no purpose is configured.</summary>
    public static FlowSubscription Subscription(HubModel model) => new(Queues.Consents, model.Purposes.All.IsEmpty
        ? FrozenDictionary<RecordKind, FrozenSet<string>>.Empty
        : new Dictionary<RecordKind, FrozenSet<string>>
        {
            [RecordKind.Person] = model.Purposes.Flags.Concat(model.Fields[RecordKind.Person].Values.Where(field => field.Type == FieldType.Email).Select(field => field.Name)).ToFrozenSet(StringComparer.Ordinal),
        }.ToFrozenDictionary());
}
