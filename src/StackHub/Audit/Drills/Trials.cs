using Microsoft.Extensions.Logging;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Audit.Drills;

/// <summary>
/// Makes trial erasures. Each step is saved before the next, so that one which was broken off goes on; the synthetic person is on the
/// suppression list before it is made, so that it never becomes a record of the hub and never gets anywhere else.
/// </summary>
public sealed class Trials(TrialStore store, TrialCalls calls, ErasureDrills drills, SuppressionList suppression, LeaseStore leases, HubRunOptions run, TimeProvider time, ILogger<Trials> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>More than a trial that is answered at once takes.</summary>
    private const int MostSteps = 12;

    public Task<IReadOnlyList<Trial>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>Why no trial can be made in a system, as a sentence; null when it can.</summary>
    public Task<string?> ObstacleAsync(SystemId system, CancellationToken cancellationToken) => calls.ObstacleAsync(system, cancellationToken);

    /// <summary>Begins a trial and takes it as far as it goes now; the one that is under way there is gone on with instead. Null where none can be made.</summary>
    public async Task<Trial?> StartAsync(SystemId system, string? by, CancellationToken cancellationToken)
    {
        if (await calls.ObstacleAsync(system, cancellationToken) is not null)
            return null;
        await using var hold = await LeaseHold.TakeAsync(leases, "drills", Patience, time, cancellationToken);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        var trial = (await store.ListAsync(both.Token)).LastOrDefault(trial => trial.System == system.Name && !trial.IsOver) ?? await BeginAsync(system, by, both.Token);
        return await GoOnAsync(trial, both.Token);
    }

    /// <summary>Takes every trial that waits as far as it goes now.</summary>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        if (!(await store.ListAsync(cancellationToken)).Any(IsDue))
            return;
        await using var hold = await LeaseHold.TakeAsync(leases, "drills", Patience, time, cancellationToken);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        foreach (var trial in (await store.ListAsync(both.Token)).Where(IsDue))
            await GoOnAsync(trial, both.Token);
        await store.ForgetOldAsync(both.Token);
    }

    private bool IsDue(Trial trial) => !trial.IsOver && trial.NextAt <= time.GetUtcNow();

    private async Task<Trial> BeginAsync(SystemId system, string? by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Other processes read the list again so often, and must know of the person before the vendor can tell of it.
        var trial = new Trial(RecordId.New(now).ToString(), system.Name, calls.TypeOf(system)!, now, by) { NextAt = run.SingleProcess ? now : now + SuppressionList.Refresh };
        await suppression.AddAsync(IdentityKey.Email, calls.AddressOf(trial), $"drill-{trial.Id}", cancellationToken);
        await store.SaveAsync(trial, cancellationToken);
        return trial;
    }

    private async Task<Trial> GoOnAsync(Trial trial, CancellationToken cancellationToken)
    {
        for (var steps = 0; steps < MostSteps && IsDue(trial); steps++)
        {
            trial = await StepAsync(trial, cancellationToken);
            if (trial.Result() is { } result)
                await drills.RecordAsync(DrillPlace.Of(new SystemId(trial.System)), result, cancellationToken);
            await store.SaveAsync(trial, cancellationToken);
        }

        return trial;
    }

    private async Task<Trial> StepAsync(Trial trial, CancellationToken cancellationToken)
    {
        if (await calls.ObstacleAsync(new(trial.System), cancellationToken) is not null)
            return trial.Unanswered(null, calls.Promised(trial), time.GetUtcNow());
        try
        {
            return trial.Stage switch
            {
                TrialStage.Making => await MakeAsync(trial, cancellationToken),
                TrialStage.Looking => trial.Seen(await calls.IsThereAsync(trial, cancellationToken), time.GetUtcNow()),
                TrialStage.Erasing => await EraseAsync(trial, cancellationToken),
                _ => trial.LookedFor(await calls.IsThereAsync(trial, cancellationToken), calls.Promised(trial), time.GetUtcNow()),
            };
        }
        catch (VendorUnavailableException e) // it may be back for the next step
        {
            logger.TrialWaits(trial.Id, trial.System, e.GetType().Name);
            return trial.Unanswered(e.RetryAfter, calls.Promised(trial), time.GetUtcNow());
        }
    }

    private async Task<Trial> MakeAsync(Trial trial, CancellationToken cancellationToken)
    {
        await store.SaveAsync(trial with { Tries = trial.Tries + 1 }, cancellationToken); // if this process ends now, the next looks before it makes another
        var made = trial.Made(await calls.MakeAsync(trial, cancellationToken), time.GetUtcNow());
        if (made.Record is { } record)
            await suppression.AddAsync("link", new ExternalRef(new(made.System), made.ObjectType, record).ToString(), $"drill-{made.Id}", cancellationToken);
        return made;
    }

    private async Task<Trial> EraseAsync(Trial trial, CancellationToken cancellationToken)
    {
        if (trial.AskedAt is null)
            await store.SaveAsync(trial = trial with { AskedAt = time.GetUtcNow() }, cancellationToken);
        return trial.Answered(await calls.EraseAsync(trial, cancellationToken), calls.Promised(trial), time.GetUtcNow());
    }
}
