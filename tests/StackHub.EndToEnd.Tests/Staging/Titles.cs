using StackHub.Cli.Demo.Vendors;
using StackHub.Records;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>The job title, which every tool has under a name of its own.</summary>
internal static class Titles
{
    private static IReadOnlyDictionary<string, string> Field => DemoVendors.JobTitles;

    public static void EditTitle(this Stage stage, string system, HubRecord record, string title) => stage.Edit(system, record, (Field[system], title));

    public static string? TitleIn(this Stage stage, string system, HubRecord record) => stage.Says(system, record, Field[system]);

    public static void AssertTitle(this Stage stage, HubRecord record, string title) =>
        Assert.All(Field.Keys, system => Assert.Equal(title, stage.TitleIn(system, record)));
}
