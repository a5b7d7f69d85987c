using Azure;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Storage;

namespace StackHub.AzureStorage.Tests;

public sealed class AzureStorageOptionsTests
{
    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var options = new AzureStorageOptions { TableUri = new("https://acme.table.core.windows.net"), QueueUri = new("http://acme.queue.core.windows.net"), Retries = -1, Container = "Upper" };

        var problems = options.Problems().ToList();

        Assert.Equal(4, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("QueueUri", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("BlobUri", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => new AzureStorageAccount(options));
    }

    [Fact]
    public void The_options_print_no_secret()
    {
        var options = new AzureStorageOptions { ConnectionString = "AccountName=acme;AccountKey=c2VjcmV0" };

        Assert.DoesNotContain("c2VjcmV0", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_or_three_addresses_register_all_three_stores()
    {
        AzureStorageOptions[] ways =
        [
            new() { ConnectionString = "UseDevelopmentStorage=true" },
            new() { TableUri = new("https://acme.table.core.windows.net"), QueueUri = new("https://acme.queue.core.windows.net"), BlobUri = new("https://acme.blob.core.windows.net") },
        ];

        foreach (var options in ways)
        {
            using var services = new ServiceCollection().AddAzureStorage(options).BuildServiceProvider();
            Assert.IsType<AzureTable>(services.GetRequiredService<ITableStore>());
            Assert.IsType<AzureQueue>(services.GetRequiredService<IMessageQueue>());
            Assert.IsType<AzureBlob>(services.GetRequiredService<IBlobStore>());
        }
    }

    /// <summary>The emulator takes tokens over TLS only, so this looks at what would be sent.</summary>
    [Fact]
    public async Task With_a_credential_every_service_is_called_with_its_token()
    {
        var seen = new SeenRequests();
        var account = new AzureStorageAccount(new()
        {
            TableUri = new("https://acme.table.core.windows.net"),
            QueueUri = new("https://acme.queue.core.windows.net"),
            BlobUri = new("https://acme.blob.core.windows.net"),
            Credential = DelegatedTokenCredential.Create((_, _) => new AccessToken("token-of-the-app", DateTimeOffset.MaxValue)),
            Retries = 0,
            Transport = seen,
        });

        await Assert.ThrowsAsync<RequestFailedException>(() => new AzureTable(account).GetAsync("people", "p", "r", CancellationToken.None));
        await Assert.ThrowsAsync<RequestFailedException>(() => new AzureQueue(account).CountAsync("inbound", CancellationToken.None));
        await Assert.ThrowsAsync<RequestFailedException>(() => new AzureBlob(account).GetAsync("a", CancellationToken.None));

        Assert.Equal(["acme.table.core.windows.net", "acme.queue.core.windows.net", "acme.blob.core.windows.net"], seen.Requests.Select(request => request.Host));
        Assert.All(seen.Requests, request => Assert.Equal("Bearer token-of-the-app", request.Authorization));
    }
}
