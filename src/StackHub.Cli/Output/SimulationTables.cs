using Spectre.Console;
using StackHub.Web.Routing.Simulating;

namespace StackHub.Cli.Output;

/// <summary>A simulation for a person at a terminal.</summary>
internal static class SimulationTables
{
    public static void Show(Screen screen, SimulationView view, int take)
    {
        screen.Say($"Rules {view.Candidate} against {view.Present}, which are in force, on {view.Routings:N0} routings from {Words.Time(view.From)} to {Words.Time(view.Until)}.");
        screen.Say($"{SimulationWords.Start(view)} {SimulationWords.Likeness(view)}");
        if (view.Unreplayable > 0)
            screen.Say(SimulationWords.Unreplayable(view));
        foreach (var field in view.Assumed)
            screen.Say(SimulationWords.Assumed(field));
        Moves(screen, view, take);
        Numbers(screen, view);
        foreach (var pool in view.Pools)
            Fairness(screen, pool);
        screen.Say(SimulationWords.NotCausal);
        if (view.Findings.Count > 0)
            screen.Say($"{view.Findings.Count:N0} finding{(view.Findings.Count == 1 ? "" : "s")} above: these rules would not be deployed.");
    }

    private static void Moves(Screen screen, SimulationView view, int take)
    {
        if (view.Moved == 0)
        {
            screen.Say("Nobody would move.");
            return;
        }

        screen.Say($"{view.Moved:N0} of them would be with somebody else{(take < view.Moved ? $"; the first {take:N0}, --take {view.Moved} shows all" : "")}:");
        var table = SyncTables.New("Lead", "Came", "From", "To", "Why");
        foreach (var move in view.Moves.Take(take))
            table.AddRow(
                Markup.Escape(move.Attempt == 1 ? move.Lead.ToString() : $"{move.Lead}, routing {move.Attempt}"),
                Words.Time(move.At),
                Markup.Escape($"{SimulationWords.Owner(move.From, false)}{(move.FromStep is { } step ? $" ({step})" : "")}{(move.Actual is { } actual ? $", really {actual}" : "")}"),
                Markup.Escape(SimulationWords.Owner(move.To, move.Waits)),
                Markup.Escape(move.Why));
        screen.Show(table);
    }

    private static void Numbers(Screen screen, SimulationView view)
    {
        var table = SyncTables.New("Leads").Numbers("In force", "Candidate", "Change");
        Row("that wait at the end", view.Held.Before, view.Held.After);
        Row("that had to wait", view.Waited.Before, view.Waited.After);
        Row("that nobody gets", view.Nobodys.Before, view.Nobodys.After);
        if (view.Promise is { } promise)
        {
            Row($"spoken to within {promise.Within}", promise.Before.Kept, promise.After.Kept);
            Row("not spoken to in time", promise.Before.Breached, promise.After.Breached);
            Row("not due yet", promise.Before.Running, promise.After.Running);
            table.AddRow("hours until it is due, median", Hours(promise.Before), Hours(promise.After), "");
        }

        foreach (var step in view.Steps)
            Row($"decided by {step.Name}", step.Before, step.After);
        foreach (var owner in view.Owners)
            Row($"of {owner.Name}", owner.Before, owner.After);
        screen.Show(table);

        void Row(string what, int before, int after) => table.AddRow(Markup.Escape(what), SyncTables.Number(before), SyncTables.Number(after), after == before ? "[grey]0[/]" : after > before ? $"+{after - before:N0}" : $"{after - before:N0}");
    }

    private static string Hours(SimulatedTouches touches) => touches.MedianHours is { } hours ? hours.ToString("0.##") : "n/a";

    private static void Fairness(Screen screen, SimulatedPool pool)
    {
        var table = SyncTables.New(pool.Pool).Numbers("Weight", "In force", "Candidate");
        var members = (pool.Before?.Members ?? []).Concat(pool.After?.Members ?? []).Select(member => member.Owner).Distinct();
        foreach (var owner in members)
        {
            var (before, after) = (pool.Before?.Members.FirstOrDefault(member => member.Owner == owner), pool.After?.Members.FirstOrDefault(member => member.Owner == owner));
            table.AddRow(Markup.Escape(owner), before is null || after is null || before.Weight == after.Weight ? $"{(after ?? before)!.Weight}" : $"{before.Weight}, then {after.Weight}", Given(before), Given(after));
        }

        table.AddRow("Jain's index", "", SimulationWords.Jain(pool.Before), SimulationWords.Jain(pool.After));
        table.AddRow("most off their part", "", SimulationWords.Deviation(pool.Before), SimulationWords.Deviation(pool.After));
        screen.Show(table);
    }

    private static string Given(SimulatedShare? share) => share is null ? "[grey]-[/]" : SyncTables.Number(share.Given);
}
