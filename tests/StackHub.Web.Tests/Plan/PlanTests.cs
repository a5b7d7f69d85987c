using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Plan;

public sealed class PlanTests
{
    [Fact]
    public async Task The_plan_says_which_fields_would_be_written_and_why()
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Mail, "9", ("Email", "a@one.example"), ("Phone", "+14155550100"));
        hub.Parts.Time.Advance(TimeSpan.FromHours(1));
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"), ("Phone", "+14155550199"));

        var plan = await hub.JsonAsync("api/plan?system=mail");

        var write = Assert.Single(plan.GetProperty("items").EnumerateArray());
        Assert.Equal(id.ToString(), write.GetProperty("record").GetString());
        Assert.Equal("mail/contacts/9", write.GetProperty("link").GetString());
        Assert.False(write.GetProperty("creates").GetBoolean());
        var field = Assert.Single(write.GetProperty("fields").EnumerateArray());
        Assert.Equal("phone", field.GetProperty("field").GetString());
        Assert.Equal("Phone", field.GetProperty("vendorField").GetString());
        Assert.Equal("+14155550100", field.GetProperty("held").GetString());
        Assert.Equal("+14155550199", field.GetProperty("wanted").GetString());
        Assert.True(field.GetProperty("overwrites").GetBoolean());
        Assert.NotEmpty(field.GetProperty("why").GetString()!);
        Assert.Equal("crm/contacts/1", field.GetProperty("author").GetString());
    }

    [Fact]
    public async Task Its_first_page_counts_the_whole()
    {
        await using var hub = await WebHub.StartAsync();
        for (var number = 0; number < 5; number++)
            await hub.SeenAsync(WebHub.Crm, $"{number}", ("Email", $"p{number}@people.example"));

        var first = await hub.JsonAsync("api/plan?take=3");
        var second = await hub.JsonAsync($"api/plan?take=3&cursor={first.GetProperty("next").GetString()}");

        Assert.Equal(5, first.GetProperty("counts").GetProperty("mail").GetProperty("creates").GetInt32());
        Assert.Equal(0, first.GetProperty("counts").GetProperty("crm").GetProperty("creates").GetInt32());
        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        Assert.False(second.TryGetProperty("counts", out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(200)]
    public async Task Its_pages_hold_every_write_once(int take)
    {
        await using var hub = await WebHub.StartAsync();
        for (var number = 0; number < 120; number++)
            await hub.SeenAsync(WebHub.Crm, $"{number}", ("Email", $"p{number}@people.example"));

        var writes = await Pages.AllAsync(hub, $"api/plan?take={take}");

        var keys = writes.Select(write => $"{write.GetProperty("system")} {write.GetProperty("record")}").ToArray();
        Assert.Equal(240, keys.Length);
        Assert.Equal(240, keys.Distinct().Count());
    }
}
