using StackHub.Lifecycle.Machine;
using StackHub.Records;

namespace StackHub.Lifecycle.Accounts;

/// <param name="Since">When the person came to the stage.</param>
/// <param name="HasRole">The person has a role in the account's buying group.</param>
public sealed record AccountMember(RecordId Person, string Stage, DateTimeOffset Since, bool HasRole);

/// <summary>When an account is worth sales' time: enough people, one of them qualified, not long ago.</summary>
public sealed record AccountQualification(int People, string PeopleFrom, string OneFrom, TimeSpan Window)
{
    public static readonly AccountQualification Default = new(2, "inquiry", "mql", TimeSpan.FromDays(30));
}

/// <summary>How far an account is, from how far its people are.</summary>
public static class AccountStage
{
    /// <summary>The farthest stage of the success path that counts; null when nobody is on it.</summary>
    public static string? Of(LifecycleMachine machine, IEnumerable<AccountMember> people) => people
        .Where(person => Order(machine, person) is not null && (person.HasRole || !machine[person.Stage].NeedsRole))
        .MaxBy(person => Order(machine, person))?.Stage;

    public static bool IsQualified(LifecycleMachine machine, IEnumerable<AccountMember> people, AccountQualification qualification, DateTimeOffset now)
    {
        var recent = people.Where(person => person.Since >= now - qualification.Window && person.Since <= now).ToArray();
        return recent.Where(person => IsAtLeast(machine, person, qualification.PeopleFrom)).Select(person => person.Person).Distinct().Count() >= qualification.People
            && recent.Any(person => IsAtLeast(machine, person, qualification.OneFrom));
    }

    private static bool IsAtLeast(LifecycleMachine machine, AccountMember person, string stage) => Order(machine, person) >= machine[stage].Order;

    private static int? Order(LifecycleMachine machine, AccountMember person) => machine.Find(person.Stage)?.Order;
}
