using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace StackHub.Sandbox.Hosting;

/// <summary>A bare Kestrel on a free loopback port, and the writing of answers.</summary>
internal static class Loopback
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static WebApplication Build(int port, Func<ConnectionContext, bool> accept)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 200_000_000;
            kestrel.Limits.MaxRequestLineSize = 16_384 + 64; // an address of 16 KB, as Salesforce documents
            kestrel.Listen(IPAddress.Loopback, port, listen =>
                listen.Use(next => connection => accept(connection) ? next(connection) : Task.CompletedTask));
        });
        var app = builder.Build();
        app.UseRouting();
        return app;
    }

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The body as it was sent.</summary>
    public static async Task<ReadOnlyMemory<byte>> WriteBodyAsync(HttpResponse response, Answer answer)
    {
        var body = Body(answer);
        response.ContentLength = response.StatusCode == 204 ? null : body.Length;
        if (body.IsEmpty)
            return body;
        response.ContentType = answer.ContentType;
        await response.BodyWriter.WriteAsync(body);
        return body;
    }

    private static ReadOnlyMemory<byte> Body(Answer answer)
    {
        if (answer.Text is { } text)
            return Encoding.UTF8.GetBytes(text);
        if (answer.Json is not { } json)
            return ReadOnlyMemory<byte>.Empty;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Readable);
        json.WriteTo(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
