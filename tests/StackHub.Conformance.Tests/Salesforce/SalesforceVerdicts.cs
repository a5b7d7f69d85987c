using StackHub.Conformance.Tests.Judging;
using StackHub.Conformance.Tests.Libraries;
using StackHub.Conformance.Tests.Node;
using StackHub.Sandbox.Hosting;

namespace StackHub.Conformance.Tests.Salesforce;

internal static class SalesforceVerdicts
{
    /// <summary>Beside the recordings, and beside what jsforce itself sends to our sandbox.</summary>
    public static async Task<IReadOnlyList<Verdict>> OfAsync(IEnumerable<Exchange> exchanges, LibraryRuns libraries)
    {
        var recordings = ClientRecordings.Read(Path.Combine(SpecFolder.Require(), "salesforce-dataverse-client-recordings.txt"));
        var live = (await libraries.OfAsync("jsforce")).Exchanges.Select(SalesforceJudge.ShapeOf);
        var judge = new SalesforceJudge([.. recordings, .. live]);
        return [.. exchanges.Where(exchange => exchange.Vendor == "salesforce").Select(judge.Judge)];
    }
}
