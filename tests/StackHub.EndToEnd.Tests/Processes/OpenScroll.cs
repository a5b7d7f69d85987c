using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sandbox.Vendors.Intercom;

namespace StackHub.EndToEnd.Tests.Processes;

/// <summary>Intercom lets one scroll be open, and a dead process's for a minute; reading it to its end saves the test that minute.</summary>
internal static class OpenScroll
{
    private const int Most = 100;

    public static async Task EndAsync(IntercomSandbox intercom)
    {
        using var http = new HttpClient { BaseAddress = intercom.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", intercom.AccessToken);
        http.DefaultRequestHeaders.Add("Intercom-Version", "2.15");
        for (var number = 1; number <= Most; number++)
            while (await HasMoreAsync(http, $"/companies/scroll?scroll_param=scroll-{number}"))
            {
            }
    }

    private static async Task<bool> HasMoreAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Stage.Token);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>(Stage.Token)).GetProperty("data").GetArrayLength() > 0;
    }
}
