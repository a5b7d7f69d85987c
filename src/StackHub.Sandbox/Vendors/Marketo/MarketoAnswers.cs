using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>Marketo's envelope: HTTP 200 for nearly everything, and in it whether it was a success.</summary>
internal sealed class MarketoAnswers
{
    private readonly Sequence requests = new(0x9000);

    public Answer Success(JsonArray? result = null, string? nextPageToken = null, bool? moreResult = null)
    {
        var json = Envelope(success: true, new JsonArray());
        if (result is not null)
            json["result"] = result;
        if (nextPageToken is not null)
            json["nextPageToken"] = nextPageToken;
        if (moreResult is not null)
            json["moreResult"] = moreResult;
        return Answer.Ok(json);
    }

    public Answer Error(string code, string message)
    {
        var json = Envelope(success: false, new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }));
        json["result"] = new JsonArray(); // the description requires it; the real one leaves it out
        return Answer.Ok(json);
    }

    public VendorRefusal Refusal(string code, string message) => new(Error(code, message));

    public static JsonObject Skipped(string code, string message) => new()
    {
        ["status"] = "skipped",
        ["reasons"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }),
    };

    private JsonObject Envelope(bool success, JsonArray errors) => new()
    {
        ["requestId"] = $"{requests.Next():x}#sandbox",
        ["success"] = success,
        ["errors"] = errors,
        ["warnings"] = new JsonArray(),
    };
}
