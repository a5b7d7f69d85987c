using System.Net;
using System.Text;
using StackHub.Audit.Imports;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Audit;

/// <summary>The two questions one asks of a stack: what if a tool went, and what would a new one bring.</summary>
public sealed class AuditPlanningTests
{
    [Fact]
    public async Task Keep_one_and_drop_another_is_asked_on_the_page_and_over_the_api()
    {
        await using var hub = await ReadyAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("audit/what-if?keep=Typeform&drop=jotform");
        var api = await hub.JsonAsync("api/audit/what-if?keep=typeform&drop=Jotform%20Enterprise");

        Assert.Contains("<h2>Keep Typeform, drop Jotform</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"label\">Saving a year</span><span class=\"figure\">1,200 USD</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"label\">People to move</span><span class=\"figure\">1</span>", page, StringComparison.Ordinal);
        Assert.Equal(("typeform", "jotform", 1_200m, 1), (api.GetProperty("keep").GetString(), api.GetProperty("drop").GetString(), api.GetProperty("saving").GetDecimal(), api.GetProperty("peopleToMove").GetInt32()));
        Assert.Empty(api.GetProperty("breakingFlows").EnumerateArray());
        Assert.Contains("There is no tool \"Nothing\" in the inventory.", await visit.PageAsync("audit/what-if?keep=Typeform&drop=Nothing"), StringComparison.Ordinal);
        Assert.Contains("Both are the same tool.", await visit.PageAsync("audit/what-if?keep=Typeform&drop=typeform"), StringComparison.Ordinal);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-tool", await GetAsync(hub, "api/audit/what-if?keep=typeform&drop=nothing"));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await GetAsync(hub, "api/audit/what-if?keep=typeform"));
    }

    [Fact]
    public async Task A_tool_that_somebody_wants_is_compared_with_the_stack()
    {
        await using var hub = await ReadyAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("audit/propose?tool=Pigeon&for=forms&for=sms");
        var api = await hub.JsonAsync("api/audit/propose?tool=Pigeon&for=forms&for=sms");

        Assert.Contains("Tools of the stack that do some of it", page, StringComparison.Ordinal);
        Assert.Contains("Text messages</span></li>", page, StringComparison.Ordinal);
        Assert.Equal(["jotform", "typeform"], api.GetProperty("rivals").EnumerateArray().Select(rival => rival.GetProperty("tool").GetString()).Order());
        Assert.Equal(["sms"], api.GetProperty("onlyHere").EnumerateArray().Select(capability => capability.GetString()));
        Assert.False(api.GetProperty("known").GetBoolean());
        Assert.Contains("is in the stack already", await visit.PageAsync("audit/propose?tool=Typeform"), StringComparison.Ordinal);
        Assert.Contains("The catalogue does not know what \"Pigeon\" does.", await visit.PageAsync("audit/propose?tool=Pigeon"), StringComparison.Ordinal);
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await GetAsync(hub, "api/audit/propose?tool=Pigeon"));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await GetAsync(hub, "api/audit/propose"));
    }

    private static async Task<WebHub> ReadyAsync()
    {
        var hub = await WebHub.StartAsync();
        var today = hub.Parts.Time.GetUtcNow().ToString("yyyy-MM-dd");
        await ImportAsync(hub, "tools", ImportKind.Tools, "tool,owner,capabilities,seats,annual cost\nTypeform,dana@example.com,forms,10,3000\nJotform,dana@example.com,forms,5,1200\n");
        await ImportAsync(hub, "logins", ImportKind.Accounts, $"user,app,last login\nann@example.com,Typeform,{today}\nann@example.com,Jotform,{today}\nbob@example.com,Jotform,{today}\n");
        await hub.PostAsync("api/audit/runs", Role.Operator);
        return hub;
    }

    private static async Task ImportAsync(WebHub hub, string name, ImportKind kind, string text) =>
        Assert.Null((await hub.Get<InventoryImport>().ImportAsync(name, kind, new MemoryStream(Encoding.UTF8.GetBytes(text)), new Dictionary<string, string>(), false, CancellationToken.None)).Rejected);

    private static async Task<HttpResponseMessage> GetAsync(WebHub hub, string path)
    {
        using var client = await hub.ClientAsync(Role.Viewer);
        return await client.GetAsync(new Uri(path, UriKind.Relative));
    }
}
