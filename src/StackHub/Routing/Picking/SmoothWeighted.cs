using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>
/// nginx's smooth weighted round robin (https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1): everybody's current
/// weight grows by their weight, the highest is chosen and pays the sum. The weights add up to nothing after each choice, and who is away
/// keeps theirs, so that nobody is flooded on their return.
/// </summary>
internal static class SmoothWeighted
{
    public static (PoolMember Chosen, PoolState State, string Why) Pick(List<PoolMember> eligible, PoolState state)
    {
        PoolMember? best = null;
        var (highest, sum) = (long.MinValue, 0L);
        var members = state.Members.Changing();
        foreach (var member in eligible)
        {
            var known = members[member.Owner];
            members[member.Owner] = known with { Current = known.Current + member.Weight };
            sum += member.Weight;
            if (known.Current + member.Weight > highest)
                (best, highest) = (member, known.Current + member.Weight);
        }

        members[best!.Owner] = members[best.Owner] with { Current = highest - sum };
        return (best, state with { Members = members.Done() }, $"their turn at weight {best.Weight} of {sum}");
    }
}
