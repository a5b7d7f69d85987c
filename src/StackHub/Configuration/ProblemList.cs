using StackHub.Configuration.Yaml;

namespace StackHub.Configuration;

/// <summary>Collects what is wrong with a file while it is read to its end.</summary>
internal sealed class ProblemList(string file, int lines)
{
    private readonly List<ConfigurationProblem> problems = [];
    private readonly List<ConfigurationProblem> warnings = [];

    /// <summary>The file, as it was named.</summary>
    public string File => file;

    public int Count => problems.Count;

    /// <summary>All of them, in the order of the file.</summary>
    public IReadOnlyList<ConfigurationProblem> Found => Ordered(problems);

    public void Add(Place place, string path, string message, string cure) => problems.Add(Problem(place, path, message, cure));

    public void Warn(Place place, string path, string message, string cure) => warnings.Add(Problem(place, path, message, cure));

    public ConfigurationResult Result(Func<HubModel> model) => problems.Count > 0
        ? new ConfigurationResult.Invalid(Ordered(problems))
        : new ConfigurationResult.Valid(model(), Ordered(warnings));

    /// <summary>What ends too early is found behind the last line; an editor has no such line.</summary>
    private ConfigurationProblem Problem(Place place, string path, string message, string cure) =>
        new(file, Math.Clamp(place.Line, 1, lines), place.Column, path, message, cure);

    private static ConfigurationProblem[] Ordered(IEnumerable<ConfigurationProblem> found) =>
        [.. found.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}
