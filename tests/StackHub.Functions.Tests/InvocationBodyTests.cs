using System.Text.Json;
using StackHub.Functions.Invocation;
using StackHub.Storage;

namespace StackHub.Functions.Tests;

public sealed class InvocationBodyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The first is what the host's own test fixture shows, the others are older hosts and its documents.</summary>
    [Theory]
    [InlineData("""{"Data":{"message":"\"{\\\"system\\\":\\\"hubspot\\\",\\\"shard\\\":0}\""},"Metadata":{"DequeueCount":"4"}}""")]
    [InlineData("""{"Data":{"message":"{\"system\":\"hubspot\",\"shard\":0}"},"Metadata":{"DequeueCount":4}}""")]
    [InlineData("""{"data":{"myQueueItem":{"system":"hubspot","shard":0}},"metadata":{"dequeueCount":"\"4\""}}""")]
    public void A_message_is_read_however_often_it_was_encoded(string body)
    {
        var message = Read(body)!;

        Assert.Equal("""{"system":"hubspot","shard":0}""", message.Body);
        Assert.Equal(4, message.DequeueCount);
    }

    [Fact]
    public void What_the_host_says_of_a_message_is_kept()
    {
        var message = Read("""{"Data":{"message":"\"text\""},"Metadata":{"Id":"\"800ae4b3-bdd2-4c08-badd-f08e5a34b865\"","InsertionTime":"2026-08-21T10:15:30+00:00"}}""")!;

        Assert.Equal(("push", "800ae4b3-bdd2-4c08-badd-f08e5a34b865", "text"), (message.Queue, message.Id, message.Body));
        Assert.Equal(new DateTimeOffset(2026, 8, 21, 10, 15, 30, TimeSpan.Zero), message.InsertedAt);
    }

    [Fact]
    public void What_the_host_does_not_say_is_taken_from_the_invocation()
    {
        var message = Read("""{"Data":{"message":"text"}}""")!;

        Assert.Equal(("invocation", 1, Now), (message.Id, message.DequeueCount, message.InsertedAt));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":"text"}""")]
    public void What_holds_no_message_is_none(string body) => Assert.Null(Read(body));

    private static QueueMessage? Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return InvocationBody.Message(document.RootElement, Queues.Push, "invocation", Now);
    }
}
