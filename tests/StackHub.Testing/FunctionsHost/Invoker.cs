using System.Text;
using System.Text.Json;

namespace StackHub.Testing.FunctionsHost;

/// <summary>Calls the handler's function endpoints and judges the answers as the host does.</summary>
internal sealed class Invoker(HandlerProcess handler, HostFile file, HostLog log) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>True when the invocation succeeded.</summary>
    public async Task<bool> InvokeAsync(FunctionDeclaration function, string body, CancellationToken cancellationToken)
    {
        var running = await handler.ReadyAsync(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(file.FunctionTimeout);
        try
        {
            using var answer = await SendAsync(function, running.Port, body, timeout.Token);
            if (await FailureAsync(answer, timeout.Token) is not { } failure)
                return true;
            log.Add($"{function.Name} failed: {failure}");
        }
        catch (HttpRequestException e)
        {
            log.Add($"{function.Name} failed: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.Add($"{function.Name} timed out: the handler is ended and started again");
            await HandlerProcess.KillAsync(running);
        }
        return false;
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(FunctionDeclaration function, int port, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/{function.Name}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Azure-Functions-InvocationId", HostId.New());
        request.Headers.Add("X-Azure-Functions-HostVersion", "4.1000.0");
        request.Headers.Add("User-Agent", "Azure-Functions-Host/4.1000.0");
        return await http.SendAsync(request, cancellationToken);
    }

    /// <summary>Null for a success. An answer without content, or "null", never completes an invocation.</summary>
    private static async Task<string?> FailureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
            return $"status {(int)answer.StatusCode}";
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (text is "" or "null")
            await Task.Delay(Timeout.Infinite, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/json"))
            return $"content type {answer.Content.Headers.ContentType}";
        return IsResult(text) ? null : "the answer is no result";
    }

    private static bool IsResult(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(member => !member.Name.Equals("Logs", StringComparison.OrdinalIgnoreCase) || member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Null);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
