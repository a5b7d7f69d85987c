using System.Diagnostics;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;

namespace StackHub.Privacy.Tasks;

/// <summary>What the hub does itself for a request, on the same ladder as any system: each may be done again, and says what it rests on.</summary>
public sealed class HubActions(HubCopies copies, RecordConsent consent, RestrictProcessing restrict, RestrictedPeople restricted, MakePackage packages, OfficerAlerts alerts, HubModel model)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    public Task<ErasureOutcome> DoAsync(PrivacyRequest request, TaskAction action, CancellationToken cancellationToken) => action switch
    {
        TaskAction.Erase => EraseAsync(request, cancellationToken),
        TaskAction.Consent => ConsentAsync(request, cancellationToken),
        TaskAction.Restrict => RestrictAsync(request, cancellationToken),
        TaskAction.Package => PackAsync(request, cancellationToken),
        _ => throw new UnreachableException(),
    };

    /// <summary>Nothing of the person is left in the hub; what is found is erased.</summary>
    public Task<bool> IsGoneAsync(PrivacyRequest request, CancellationToken cancellationToken) => copies.EraseAsync(request, cancellationToken);

    private async Task<ErasureOutcome> EraseAsync(PrivacyRequest request, CancellationToken cancellationToken) => await IsGoneAsync(request, cancellationToken)
        ? new ErasureOutcome.Confirmed(ErasureEvidence.Absence, 1)
        : new ErasureOutcome.Requested("hub-copies", Soon);

    /// <summary>Dated by the request, so that however often it is said it is one event; for addresses too that are nobody's yet.</summary>
    private async Task<ErasureOutcome> ConsentAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var statements = Statements(request);
        ConsentSpeaker[] speakers = [.. (request.Plan?.Records ?? []).Select(record => new ConsentSpeaker { Person = record }), .. request.Subject.Emails.Select(email => new ConsentSpeaker { Email = email })];
        foreach (var speaker in speakers)
            if (await consent.RecordAsync(speaker, statements, cancellationToken) is ConsentAnswer.Refused)
                return new ErasureOutcome.Refused("consent-refused", "");
        return new ErasureOutcome.Confirmed(ErasureEvidence.Status, speakers.Length);
    }

    private ConsentStatement[] Statements(PrivacyRequest request) =>
    [
        .. model.Purposes.All.Where(purpose => purpose.Use == KindRules.Ends(request.Kind)).Select(purpose => new ConsentStatement(purpose.Name, IsOptIn: false, BasisOf(request.Kind), request.ReceivedAt)
        {
            Proof = $"request {request.Id}",
        }),
    ];

    private static ConsentBasis BasisOf(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Objection => ConsentBasis.Objection,
        PrivacyRequestKind.OptOutOfSale => ConsentBasis.SaleOptOut,
        _ => ConsentBasis.Withdrawal,
    };

    /// <summary>Asked for until the records themselves say so: the sync path goes by them.</summary>
    private async Task<ErasureOutcome> RestrictAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var (records, open) = (request.Plan?.Records ?? [], 0);
        foreach (var record in records)
        {
            if (await restricted.IsAsync(record, cancellationToken))
                continue;
            await restrict.PlaceAsync(record, request.ReceivedAt, cancellationToken);
            open++;
        }
        return open == 0 ? new ErasureOutcome.Confirmed(ErasureEvidence.Status, records.Count) : new ErasureOutcome.Accepted("restricting", Soon);
    }

    /// <summary>Made, kept, then believed; somebody has to send the person its link. A package that a crash left untold expires by itself.</summary>
    private async Task<ErasureOutcome> PackAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        if (await packages.FindAsync(request.Id, cancellationToken) is { } known)
        {
            await alerts.RaiseAsync(request.Id, PrivacyTask.IdOf(TaskAction.Package, HubAuthor.System), "copy-ready", cancellationToken);
            return new ErasureOutcome.Confirmed(ErasureEvidence.Status, known.Records);
        }

        return await packages.MakeAsync(request.Id, "hub", cancellationToken) switch
        {
            PackageAnswer.Made made => new ErasureOutcome.Accepted(made.Package.Id, TimeSpan.Zero),
            PackageAnswer.Refused refused => new ErasureOutcome.Refused(refused.Code, ""),
            _ => throw new UnreachableException(),
        };
    }
}
