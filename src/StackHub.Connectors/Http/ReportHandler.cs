using StackHub.Connecting;

namespace StackHub.Connectors.Http;

/// <summary>Counts every call that is sent, and reads the vendor's clock off every answer.</summary>
internal sealed class ReportHandler(ConnectorContext context) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = VendorRequest.CallOf(request);
        context.Called?.Invoke(call.Operation, call.Records);
        if (context.ClockReading is not { } reading)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        var sent = context.Time.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.Date is { } theirs)
            reading(theirs, sent, context.Time.GetUtcNow());
        return response;
    }
}
