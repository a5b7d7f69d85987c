using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Permissions;
using StackHub.Privacy.OpenDsr;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Security;

namespace StackHub.Web.OpenDsr;

/// <summary>
/// OpenDSR 2.0 (https://github.com/opengdpr/OpenDSR): other companies' systems hand in requests, look how far they are and take them back.
/// A controller is the key it calls with, and sees its own requests only. Refusals of a request are in the specification's form.
/// </summary>
internal static class OpenDsrEndpoints
{
    private const string Tag = "OpenDSR";
    private static readonly string[] Json = ["application/json"];

    /// <summary>The specification was renamed twice, and has former names go on.</summary>
    private static readonly string[] Resources = ["opendsr_requests", "opengdpr_requests", "opencompliance_requests"];

    public static void Map(IEndpointRouteBuilder api)
    {
        var openDsr = api.MapGroup("opendsr");
        openDsr.MapGet("discovery", DiscoverAsync).WithName("openDsrDiscovery").WithTags(Tag).Answers(200, typeof(DiscoveryDocument)).Documents(404).ForEveryone();
        openDsr.MapGet("certificate.pem", CertificateAsync).WithName("openDsrCertificate").WithTags(Tag).Produces(200, contentType: "application/x-pem-file").Documents(404).ForEveryone();
        openDsr.MapPost("requests", CreateAsync).WithName("openDsrCreate").WithTags(Tag).Accepts<object>("application/json").Answers(201, typeof(CreatedAnswer)).Needs(Role.Controller, 404, 409, 413, 422);
        openDsr.MapGet("requests/{id}", StatusAsync).WithName("openDsrStatus").WithTags(Tag).Answers(200, typeof(StatusAnswer)).Needs(Role.Controller, 404);
        openDsr.MapDelete("requests/{id}", CancelAsync).WithName("openDsrCancel").WithTags(Tag).Answers(202, typeof(CancelledAnswer)).Needs(Role.Controller, 404);
        MapPathsOfSpecification(openDsr);
    }

    /// <summary>The same by the paths that controllers make up from the specification: with its major version, and its name for requests.</summary>
    private static void MapPathsOfSpecification(RouteGroupBuilder openDsr)
    {
        var versioned = openDsr.MapGroup("v{major:int:range(1,9)}").ExcludeFromDescription();
        versioned.MapGet("discovery", DiscoverAsync).ForEveryone();
        foreach (var group in (RouteGroupBuilder[])[openDsr.MapGroup("").ExcludeFromDescription(), versioned])
            foreach (var resource in Resources)
            {
                group.MapPost(resource, CreateAsync).Needs(Role.Controller);
                group.MapGet($"{resource}/{{id}}", StatusAsync).Needs(Role.Controller);
                group.MapDelete($"{resource}/{{id}}", CancelAsync).Needs(Role.Controller);
            }
    }

    /// <summary>What this hub takes by OpenDSR, and where the certificate is that its answers are signed with.</summary>
    internal static IResult DiscoverAsync(HttpContext context, HubModel model)
    {
        if (model.Privacy.OpenDsr is not { } settings)
            return NotConfigured;
        var certificate = model.PublicBase is { } publicBase ? new Uri(publicBase, "api/opendsr/certificate.pem").ToString() : $"https://{settings.Domain}/api/opendsr/certificate.pem";
        return Bytes(200, OpenDsrBytes.Of(new DiscoveryDocument(settings.ApiVersion, [.. OpenDsrReader.SupportedIdentities.Select(identity => new SupportedIdentity(identity.Type, identity.Format))], [.. OpenDsrReader.SupportedTypes], certificate)));
    }

    /// <summary>The public certificate, in PEM.</summary>
    internal static async Task<IResult> CertificateAsync(HubModel model, OpenDsrSigner signer, CancellationToken cancellationToken) =>
        model.Privacy.OpenDsr is null ? NotConfigured : TypedResults.Text(await signer.CertificatePemAsync(cancellationToken), "application/x-pem-file");

    /// <summary>Files a request of a controller, once by its subject_request_id; the signed answer holds the whole body, which is to be checked and not to be kept.</summary>
    internal static async Task<IResult> CreateAsync(HttpContext context, OpenDsrDesk desk, OpenDsrSigner signer, HubModel model, CancellationToken cancellationToken)
    {
        if (model.Privacy.OpenDsr is not { } settings)
            return NotConfigured;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        return await AnswerAsync(await desk.CreateAsync(Caller.Of(context).Id, body.ToArray(), cancellationToken), settings, context, signer, cancellationToken);
    }

    /// <summary>How far a controller's request is.</summary>
    /// <param name="id">The subject_request_id.</param>
    internal static Task<IResult> StatusAsync(string id, HttpContext context, OpenDsrDesk desk, OpenDsrSigner signer, HubModel model, CancellationToken cancellationToken) =>
        OfOneAsync(id, context, signer, model, number => desk.StatusAsync(Caller.Of(context).Id, number, cancellationToken), cancellationToken);

    /// <summary>Takes back a request that is pending.</summary>
    /// <param name="id">The subject_request_id.</param>
    internal static Task<IResult> CancelAsync(string id, HttpContext context, OpenDsrDesk desk, OpenDsrSigner signer, HubModel model, CancellationToken cancellationToken) =>
        OfOneAsync(id, context, signer, model, number => desk.CancelAsync(Caller.Of(context).Id, number, cancellationToken), cancellationToken);

    private static ProblemResult NotConfigured => Problems.NotFound("opendsr-endpoint");

    private static async Task<IResult> OfOneAsync(string id, HttpContext context, OpenDsrSigner signer, HubModel model, Func<Guid, Task<OpenDsrAnswer>> answer, CancellationToken cancellationToken)
    {
        if (model.Privacy.OpenDsr is not { } settings)
            return NotConfigured;
        return Guid.TryParse(id, out var number)
            ? await AnswerAsync(await answer(number), settings, context, signer, cancellationToken)
            : Bytes(400, OpenDsrBytes.Of(OpenDsrError.Of(400, "IllegalArgumentException", ["The subject_request_id is a UUID."])));
    }

    private static async Task<IResult> AnswerAsync(OpenDsrAnswer answer, OpenDsrSettings settings, HttpContext context, OpenDsrSigner signer, CancellationToken cancellationToken)
    {
        var (status, body) = answer switch
        {
            OpenDsrAnswer.Created created => (201, OpenDsrBytes.Of(created.Answer)),
            OpenDsrAnswer.State state => (200, OpenDsrBytes.Of(state.Answer)),
            OpenDsrAnswer.Cancelled cancelled => (202, OpenDsrBytes.Of(cancelled.Answer)),
            OpenDsrAnswer.Refused refused => (refused.Status, OpenDsrBytes.Of(OpenDsrError.Of(refused.Status, refused.Reason, refused.Sentences))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        foreach (var (name, value) in OpenDsrHeaders.Of(settings, await signer.SignAsync(body, cancellationToken)))
            context.Response.Headers[name] = value;
        return Bytes(status, body);
    }

    private static BytesResult Bytes(int status, byte[] body) => new(status, body);

    private static RouteHandlerBuilder Answers(this RouteHandlerBuilder builder, int status, Type type) => builder.WithMetadata(new ProducesResponseTypeMetadata(status, type, Json));

    private static RouteHandlerBuilder Documents(this RouteHandlerBuilder builder, params ReadOnlySpan<int> problems)
    {
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 429, 500, .. problems])
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.ContentType]));
        return builder;
    }

    /// <summary>The very bytes that were signed.</summary>
    private sealed class BytesResult(int status, byte[] body) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "application/json";
            httpContext.Response.ContentLength = body.Length;
            return httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
