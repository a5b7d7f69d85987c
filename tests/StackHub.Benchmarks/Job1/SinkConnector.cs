using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Benchmarks.Job1;

/// <summary>A system that takes one contact a call, in the shape the peers' sink expects.</summary>
internal sealed class SinkConnector : QuietConnector
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpMessageInvoker http;
    private readonly Uri address;
    private readonly bool nested;
    private readonly string addressField;

    public SinkConnector(SystemId system, ConnectorInfo info, HttpMessageInvoker http, string path, bool nested)
        : base(system, info) => (this.http, address, this.nested, addressField) = (http, new($"http://127.0.0.1:9101{path}"), nested, nested ? "email_address" : "Email");

    public static HttpMessageInvoker Http() => new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, ActivityHeadersPropagator = null });

    public override async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        for (var index = 0; index < outcomes.Length; index++)
            outcomes[index] = await WriteAsync(writes[index], cancellationToken);
        return outcomes;
    }

    private async Task<WriteOutcome> WriteAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(Body(write));
        content.Headers.ContentType = Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            return (int)response.StatusCode < 300
                ? new WriteOutcome.Stored(new(System, write.ObjectType, AddressOf(write)!), write.Target is null)
                : new WriteOutcome.Retry($"HTTP {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            throw new VendorUnavailableException(System, e.HttpRequestError.ToString(), TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>All that differs, and always the address, by which the sink knows a contact.</summary>
    private ReadOnlyMemory<byte> Body(RecordWrite write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString(addressField, AddressOf(write));
        if (nested)
            json.WriteStartObject("merge_fields");
        foreach (var field in write.Fields)
            if (field.VendorField != addressField)
                json.WriteString(field.VendorField, field.Value.Text);
        if (nested)
            json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private string? AddressOf(RecordWrite write) => write.Target ?? write.Fields.FirstOrDefault(field => field.VendorField == addressField).Value.Text;
}
