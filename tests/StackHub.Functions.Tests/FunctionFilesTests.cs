using Microsoft.Extensions.DependencyInjection;
using StackHub.Functions.Declaring;
using StackHub.Functions.Tests.Staging;
using StackHub.Identity.Matching;
using StackHub.Sync.Outbox;
using StackHub.Triggers;
using StackHub.Web;
using StackHub.Web.Runs;
using StackHub.Webhooks;

namespace StackHub.Functions.Tests;

public sealed class FunctionFilesTests
{
    private static readonly string Folder = Path.Combine(AppFolder.Source, "functions");

    /// <summary>STACKHUB_WRITE_FUNCTIONS=1 writes them.</summary>
    [Fact]
    public void The_function_files_say_what_the_trigger_table_says()
    {
        if (Environment.GetEnvironmentVariable("STACKHUB_WRITE_FUNCTIONS") == "1")
            Write();

        Assert.Equal(TriggerTable.Hosted.Select(trigger => trigger.Name).Order(), Directory.GetDirectories(Folder).Select(Path.GetFileName).Order());
        Assert.All(TriggerTable.Hosted, trigger => Assert.Equal(FunctionFile.Of(trigger), File.ReadAllText(Path.Combine(Folder, trigger.Name, "function.json"))));
    }

    [Fact]
    public void Every_timer_is_in_the_table()
    {
        var services = new ServiceCollection().AddStackHub(new(SingleProcess: false) { Pump = false }).AddStackHubWeb().AddHostedTriggers();

        Assert.Equal(TriggerTable.Hosted.Count(trigger => trigger.Kind == TriggerKind.Timer), services.Count(service => service.ServiceType == typeof(ITimerHandler)));
    }

    [Theory]
    [InlineData("00:00:30", "*/30 * * * * *")]
    [InlineData("00:01:00", "0 */1 * * * *")]
    [InlineData("06:00:00", "0 0 */6 * * *")]
    [InlineData("1.00:00:00", "0 0 3 * * *")]
    public void An_interval_is_a_schedule(string every, string schedule) => Assert.Equal(schedule, Schedule.Of(TimeSpan.Parse(every)));

    [Fact]
    public void An_interval_that_no_schedule_has_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Of(TimeSpan.FromMinutes(7)));

    /// <summary>The host puts a JSON message's members over its own metadata of the same name.</summary>
    [Theory]
    [InlineData(typeof(InboundMessage))]
    [InlineData(typeof(PushMessage))]
    [InlineData(typeof(MatchMessage))]
    [InlineData(typeof(RunMessage))]
    public void No_message_has_a_member_that_hides_what_the_host_says_of_it(Type message) =>
        Assert.Empty(message.GetProperties().Select(property => property.Name.ToLowerInvariant()).Intersect(["id", "dequeuecount", "popreceipt", "insertiontime", "expirationtime", "nextvisibletime", "sys"]));

    private static void Write()
    {
        foreach (var trigger in TriggerTable.Hosted)
        {
            Directory.CreateDirectory(Path.Combine(Folder, trigger.Name));
            File.WriteAllText(Path.Combine(Folder, trigger.Name, "function.json"), FunctionFile.Of(trigger));
        }
    }
}
