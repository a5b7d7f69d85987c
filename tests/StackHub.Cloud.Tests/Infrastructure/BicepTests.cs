using System.Text.Json;
using System.Text.RegularExpressions;

namespace StackHub.Cloud.Tests.Infrastructure;

/// <summary>What can be said of the Bicep files without the compiler; they have not been compiled or deployed here.</summary>
public sealed partial class BicepTests
{
    private static readonly string[] Functions =
    [
        "concat", "description", "allowed", "minLength", "maxLength", "minValue", "maxValue", "empty", "environment", "guid", "items", "resourceGroup",
        "subscription", "subscriptionResourceId", "take", "tenant", "toLower", "union", "uniqueString", "utcNow", "if",
    ];

    public static TheoryData<string> Files => [.. Repository.Bicep().Select(file => Path.GetRelativePath(Repository.Root, file.Path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Brackets_and_texts_are_closed(string path) => Assert.Null(File(path).Unbalanced());

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_name_is_declared_and_every_declaration_used(string path)
    {
        var file = File(path);

        Assert.Empty(file.Used.Except(file.Declared));
        Assert.Empty(file.Declared.Except(file.Used).Except(Ends(file)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Only_functions_that_Bicep_has_are_called(string path) => Assert.Empty(File(path).Calls.Except(Functions));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_resource_names_its_type_and_version(string path) =>
        Assert.All(ResourceLine().Matches(File(path).Source).Select(match => match.Groups[1].Value), type => Assert.Matches(@"^[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+(/[A-Za-z]+)+@\d{4}-\d{2}-\d{2}(-preview)?$", type));

    [Fact]
    public void Modules_are_given_what_they_need_and_nothing_else()
    {
        var modules = Repository.Bicep().SelectMany(file => file.Modules).ToArray();

        Assert.Equal(Directory.GetFiles(Repository.At("infra", "modules")).Length, modules.Length);
        foreach (var (name, path, given) in modules)
        {
            var parameters = new BicepFile(path).Parameters;
            Assert.True(given.All(parameters.ContainsKey), $"{name}: {string.Join(", ", given.Except(parameters.Keys))} is no parameter.");
            Assert.True(parameters.Where(parameter => !parameter.Value).All(parameter => given.Contains(parameter.Key)), $"{name}: {string.Join(", ", parameters.Keys.Except(given))} is missing.");
        }
    }

    [Fact]
    public void Every_output_that_is_read_is_there()
    {
        var main = new BicepFile(Repository.At("infra", "main.bicep"));
        var files = main.Modules.ToDictionary(module => module.Name, module => new BicepFile(module.File));

        var read = OutputRead().Matches(main.Code).Select(match => (Module: match.Groups[1].Value, Output: match.Groups[2].Value)).ToArray();

        Assert.NotEmpty(read);
        Assert.All(read, one => Assert.Contains(one.Output, files[one.Module].Outputs));
    }

    [Fact]
    public void The_parameters_file_gives_parameters_that_are_there()
    {
        var main = new BicepFile(Repository.At("infra", "main.bicep"));
        using var given = JsonDocument.Parse(Repository.Read("infra", "main.parameters.json"));
        var names = given.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToArray();

        Assert.Empty(names.Except(main.Parameters.Keys));
        Assert.Empty(main.Parameters.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(names));
    }

    [Fact]
    public void The_check_itself_sees_what_is_wrong()
    {
        var file = new BicepFile("wrong.bicep", "param here string\nvar text = 'in ${here} or ${nowhere}'\nvar list = [for each in things: {\n  key: each\n}\n");

        Assert.Equal(["nowhere", "things"], file.Used.Except(file.Declared).Order());
        Assert.Equal(["list", "text"], file.Declared.Except(file.Used).Order());
        Assert.Equal("[ is not closed", file.Unbalanced());
    }

    private static BicepFile File(string path) => new(Repository.At(path));

    /// <summary>Resources and modules that nothing else refers to.</summary>
    private static IEnumerable<string> Ends(BicepFile file) => EndLine().Matches(file.Code).Select(match => match.Groups[1].Value);

    [GeneratedRegex("^resource \\w+ '([^']+)'", RegexOptions.Multiline)]
    private static partial Regex ResourceLine();

    [GeneratedRegex("^(?:resource|module) (\\w+) \"\" = ", RegexOptions.Multiline)]
    private static partial Regex EndLine();

    [GeneratedRegex(@"\b(\w+)!?\.outputs\.(\w+)")]
    private static partial Regex OutputRead();
}
