using StackHub.Lifecycle.Machine;

namespace StackHub.Tests.Lifecycle;

public sealed class MachineFileTests
{
    private const string Small = """
        version: 7
        start: new
        authorities: [crm]
        path: [new, won]
        stages:
          new: { authority: [crm], within: 4h, next: [won] }
          won: { authority: [crm] }
        """;

    [Fact]
    public void The_default_machine_has_the_nine_stages_of_the_path_and_six_detours()
    {
        Assert.Equal(["known", "subscriber", "inquiry", "mql", "sal", "sql", "opportunity", "customer", "evangelist"], LifecycleMachine.Default.Path.Select(stage => stage.Name));
        Assert.Equal(["churned", "disqualified", "erased", "lost", "non-prospect", "recycled"], LifecycleMachine.Default.Stages.Where(stage => stage.Order is null).Select(stage => stage.Name));
        Assert.Equal(["erased"], LifecycleMachine.Default.Stages.Where(stage => stage.IsAbsorbing).Select(stage => stage.Name));
    }

    [Fact]
    public void A_machine_of_ones_own_is_read() => Assert.Equal((7, TimeSpan.FromHours(4)), (MachineFile.Read(Small).Version, MachineFile.Read(Small)["new"].Within!.Value.Working));

    [Theory]
    [InlineData("next: [won]", "next: [lost]", "leads to 'lost', which is no stage")]
    [InlineData("won: { authority: [crm] }", "won: { authority: [sales] }", "may be set by 'sales', which is no authority")]
    [InlineData("won: { authority: [crm] }", "won: {}", "Nobody may set stage 'won'")]
    [InlineData("next: [won]", "next: []", "No stage leads to 'won'")]
    [InlineData("start: new", "start: fresh", "starts at 'fresh', which is no stage")]
    [InlineData("within: 4h", "within: soon", "write hours or minutes")]
    [InlineData("within: 4h", "withinn: 4h", "Line 6")]
    public void What_is_wrong_is_said_with_its_cure(string right, string wrong, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => MachineFile.Read(Small.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
}
