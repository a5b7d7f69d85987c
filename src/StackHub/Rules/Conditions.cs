using System.Diagnostics;

namespace StackHub.Rules;

/// <summary>What can be said of a condition without asking it of anybody.</summary>
public static class Conditions
{
    /// <summary>Every field it asks about, as often as it does.</summary>
    public static IEnumerable<string> Fields(Condition condition) => condition switch
    {
        Condition.Test test => [test.Field],
        Condition.All all => all.Parts.SelectMany(Fields),
        Condition.Any any => any.Parts.SelectMany(Fields),
        Condition.None none => none.Parts.SelectMany(Fields),
        _ => throw new UnreachableException(),
    };
}
