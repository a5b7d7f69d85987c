using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Reading;

/// <summary>The keys of a pool.</summary>
internal static partial class PoolFormat
{
    private static readonly Key<PickStrategy?> Strategy = new("strategy", new Word<PickStrategy>(), "weighted: smooth round robin; load: whoever has had least; sticky: the same member for the same company.") { Default = "weighted" };
    private static readonly Key<ImmutableArray<Named<int?>>?> Members = new("members", new TableOf<int?>("A block of owners and weights", new WholeNumber(1, 1_000)), "Who is in it, with their weight; the order breaks ties.") { Required = true };
    private static readonly Key<string> Cap = new("cap", new TextValue("A number and hour, day or week, such as 20/day,", CapForm()), "Most leads that a member gets in a window of their own calendar.");
    private static readonly Key<int?> Open = new("open", new WholeNumber(1, 100_000), "Most leads of this pool that a member may have open.");
    private static readonly Key<ReturnPolicy?> Returns = new("returns", new Word<ReturnPolicy>(), "Of load: what becomes of the arrears of somebody who comes back.") { Default = "average" };
    private static readonly Key<int?> CatchUp = new("catchUpADay", new WholeNumber(1, 1_000), "Of returns: catchup: how many more than their turn a day.") { Default = "2" };
    private static readonly Key<bool?> AroundTheClock = new("aroundTheClock", new Flag(), "true: working hours do not matter.") { Default = "false" };
    private static readonly Key<bool?> Matches = new("matches", new Flag(), "true: only members who have the lead's skills and speak its language.") { Default = "false" };

    public static readonly SectionOf Shape = new("A block of members and how one is chosen", [Strategy, Members, Cap, Open, Returns, CatchUp, AroundTheClock, Matches]);

    public static RoutingPool Read(Named<Section> entry, IReadOnlyCollection<string> owners)
    {
        var section = entry.Value!;
        var members = section.Get(Members) ?? [];
        foreach (var unknown in members.Where(member => !owners.Contains(member.Name)))
            section.Problems.Add(unknown.NamePlace, unknown.Path, $"There is no owner {Shown.Of(unknown.Name)}.", Suggestion.OneOf(unknown.Name, owners));
        var (cap, open) = (CapOf(section.Get(Cap)), section.Get(Open));
        return new(entry.Name, section.Get(Strategy) ?? PickStrategy.Weighted, [.. members.Select(member => new PoolMember(new(member.Name), member.Value ?? 1) { Cap = cap, OpenCap = open })])
        {
            Returns = section.Get(Returns) ?? ReturnPolicy.Average,
            CatchUpADay = section.Get(CatchUp) ?? 2,
            AroundTheClock = section.Get(AroundTheClock) ?? false,
            Matches = section.Get(Matches) ?? false,
        };
    }

    private static WindowCap? CapOf(string? text) => text?.Split('/') is [var count, var window]
        ? new(int.Parse(count, CultureInfo.InvariantCulture), window switch { "hour" => CapWindow.Hour, "day" => CapWindow.Day, _ => CapWindow.Week })
        : null;

    [GeneratedRegex("^[1-9][0-9]{0,5}/(hour|day|week)$", RegexOptions.CultureInvariant)]
    private static partial Regex CapForm();
}
