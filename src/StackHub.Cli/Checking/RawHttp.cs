using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace StackHub.Cli.Checking;

/// <summary>Plain calls with patience: an independent reader must not stumble over a throttled or flaky vendor.</summary>
internal static class RawHttp
{
    /// <summary>Somebody else's scroll at Intercom lives for a minute.</summary>
    private const int Attempts = 75;

    public static async Task<JsonElement> GetAsync(HttpClient http, string path, CancellationToken cancellationToken) =>
        await FindAsync(http, path, default, cancellationToken) ?? throw new HttpRequestException($"{path.Split('?')[0]} answered nothing.");

    /// <summary>Null when the vendor answers with the status that says so.</summary>
    public static async Task<JsonElement?> FindAsync(HttpClient http, string path, HttpStatusCode gone, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), cancellationToken);
                if (response.IsSuccessStatusCode)
                    return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                if (response.StatusCode == gone)
                    return null;
                if (attempt == Attempts)
                    throw new HttpRequestException($"{path.Split('?')[0]} answered {(int)response.StatusCode} {attempt} times.");
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }

    public static async Task<JsonElement> PostFormAsync(HttpClient http, string path, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
