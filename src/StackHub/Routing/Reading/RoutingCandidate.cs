using System.Text.Json.Nodes;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;

namespace StackHub.Routing.Reading;

/// <summary>A rule set that somebody thinks of deploying, read as the file would be but not put in force.</summary>
/// <param name="Plan">Null when it cannot be read.</param>
/// <param name="Problems">Why it cannot be read, with line and cure.</param>
/// <param name="Findings">What the proof finds: it can be simulated, and would not be deployed.</param>
public sealed record RoutingCandidate(RoutingPlan? Plan, IReadOnlyList<ConfigurationProblem> Problems, IReadOnlyList<ConfigurationProblem> Findings)
{
    private const int MaxChars = 1024 * 1024;

    /// <summary>The keys of a whole file; of those besides routing nothing is read.</summary>
    private static readonly SectionOf File = new("A file with routing:", [FileFormat.Routing, .. FileFormat.Shape.Keys.Where(key => key != FileFormat.Routing).Select(key => new Key<Unread>(key.Name, new UnreadShape("Anything", new JsonObject()), key.Doc))]);

    /// <param name="text">A whole stackhub.yaml, or one that has routing: only; JSON is YAML.</param>
    /// <param name="model">The hub whose systems and fields it may name.</param>
    /// <param name="file">The name problems are reported under.</param>
    public static RoutingCandidate Read(string text, HubModel model, string file)
    {
        if (text.Length > MaxChars)
            return Unread(file, "The rules are larger than 1 MB.", "Check that they are rules.");
        var problems = new ProblemList(file, 1 + text.AsSpan().Count('\n'));
        var root = NodeReader.Read(text, problems);
        if (root is not null && root is not MapNode)
            problems.Add(root.Place, "", $"A file with routing: is expected, but {(root is ScalarNode ? "a single value" : root.Description)} is here.", "Begin with routing: and write owners, pools and rules below it.");
        var routing = root is MapNode ? File.Read(root, "", problems) is { } section && section.Has(FileFormat.Routing) ? section.Get(FileFormat.Routing) : null : null;
        if (routing is null)
            return problems.Count > 0 ? new(null, problems.Found, []) : Unread(file, "There is no routing: in it.", "Begin with routing: and write owners, pools and rules below it.");
        return Read(routing, model, problems);
    }

    private static RoutingCandidate Read(Section routing, HubModel model, ProblemList problems)
    {
        var owners = OwnersReader.Read(routing, [.. model.Order.Select(system => system.Name)]);
        var isBroken = problems.Count > 0;
        var plan = new RoutingReader(owners, model.Routing!.Fields, problems).ReadUnproven(routing);
        return isBroken || plan is null ? new(null, problems.Found, []) : new(plan, [], problems.Found);
    }

    private static RoutingCandidate Unread(string file, string message, string cure) => new(null, [new(file, 1, 1, "", message, cure)], []);
}
