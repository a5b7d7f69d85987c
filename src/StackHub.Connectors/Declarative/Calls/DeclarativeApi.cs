using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Connectors.Http;
using StackHub.Records;

namespace StackHub.Connectors.Declarative.Calls;

/// <summary>Sends a file's calls to the one address of the system, and understands the answers by the file's rules.</summary>
internal sealed class DeclarativeApi : IDisposable
{
    private const string Objects = "objects.";
    private readonly VendorSpec spec;
    private readonly VendorHttp http;

    public DeclarativeApi(ConnectorContext context, VendorSpec spec, HttpMessageHandler? transport)
    {
        this.spec = spec;
        var settings = DeclarativeSettings.Of(spec, context.Settings);
        var address = BaseAddress.Of(spec, settings).Address ?? throw new ArgumentException($"{spec.DisplayName} has no address.", nameof(context));
        (System, Names) = (context.System, new Names().WithAll("setting", settings));
        http = new(context, new VendorHttpOptions(address, DeclarativeAuth.Of(spec, settings, address)) { Headers = DeclarativeAuth.Headers(spec, Names), Transport = transport });
    }

    public SystemId System { get; }

    /// <summary>The settings, for the names of a call to be added to.</summary>
    public Names Names { get; }

    public async Task<VendorReply> SendAsync(RequestSpec request, Names names, int records, CancellationToken cancellationToken)
    {
        return BuiltCall.Of(request, names) switch
        {
            BuiltCall.Ready ready => await SendAsync(request, ready, records, cancellationToken),
            BuiltCall.Unfit unfit => new(0, null, VendorFault.NotSent(unfit.Faults)),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<VendorReply> SendAsync(RequestSpec request, BuiltCall.Ready ready, int records, CancellationToken cancellationToken)
    {
        var operation = Operation(request);
        var call = request.IsRead ? VendorCall.Read(operation, records, request.Scope) : VendorCall.Write(operation, records, request.Scope);
        using var answer = await http.SendAsync(call, ready.Method, ready.Path, ready.Content(spec.MediaType), ready.Headers, cancellationToken);
        var body = await BodyAsync(answer, cancellationToken);
        return FaultOf((int)answer.Status, answer.IsSuccess, body) is { } fault ? Reply(operation, answer, body, fault)
            : answer.IsSuccess ? new((int)answer.Status, body, null)
            : throw answer.Unexpected();
    }

    /// <summary>For calls that are about no single record: any fault stops them, unless it only means that there is nothing.</summary>
    public async Task<VendorReply> RequireAsync(RequestSpec request, Names names, int records, bool mayBeGone, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(request, names, records, cancellationToken);
        return reply.Fault is not { } fault || (mayBeGone && fault.Meaning == ErrorMeaning.Gone) ? reply
            : throw new VendorUnavailableException(System, $"{Operation(request)}: {(fault.Code == "not-sent" ? fault.Message : fault.Code)}", fault.After) { NeedsPerson = fault.Meaning == ErrorMeaning.Refused };
    }

    /// <summary>The error of one record in a batch's answer.</summary>
    public VendorFault RecordFault(JsonNode item) => Rule(null, item) is { } rule ? Fault(rule, "refused", item) : new(ErrorMeaning.Refused, "refused", "The vendor refused the record.");

    public VendorUnavailableException Unavailable(string reason) => new(System, reason);

    public static string Operation(RequestSpec request) => request.Operation.StartsWith(Objects, StringComparison.Ordinal) ? request.Operation[Objects.Length..] : request.Operation;

    public void Dispose() => http.Dispose();

    private VendorReply Reply(string operation, VendorAnswer answer, JsonNode? body, VendorFault fault) => fault.Meaning == ErrorMeaning.Person
        ? throw new VendorUnavailableException(System, $"{operation}: HTTP {(int)answer.Status} {fault.Code}") { NeedsPerson = true }
        : new((int)answer.Status, body, fault);

    private VendorFault? FaultOf(int status, bool isSuccess, JsonNode? body)
    {
        if (Rule(status, body) is { } rule && (!isSuccess || rule.At is not null))
            return Fault(rule, $"http-{status}", body);
        return status is 404 or 410 ? new(ErrorMeaning.Gone, $"http-{status}", "There is no such record.") : null;
    }

    private ErrorRule? Rule(int? status, JsonNode? body) => spec.Errors.FirstOrDefault(rule => rule.Fits(status, body));

    private static VendorFault Fault(ErrorRule rule, string code, JsonNode? body)
    {
        var words = rule.Message is null ? null : JsonPath.Text(JsonPath.At(body, rule.Message));
        return new(rule.Then, (rule.Code is null ? null : JsonPath.Text(JsonPath.At(body, rule.Code))) ?? code, words ?? "The vendor gave no reason.", rule.Field is null ? null : JsonPath.Text(JsonPath.At(body, rule.Field)), rule.After);
    }

    /// <summary>Null for an empty body and for one that is not JSON, such as a proxy's page; a success without its JSON is noticed where it is read.</summary>
    private static async Task<JsonNode?> BodyAsync(VendorAnswer answer, CancellationToken cancellationToken)
    {
        var text = await answer.ReadTextAsync(cancellationToken);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
