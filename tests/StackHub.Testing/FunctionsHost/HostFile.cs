using System.Globalization;
using System.Text.Json;

namespace StackHub.Testing.FunctionsHost;

/// <summary>host.json with the host's defaults, overridden by settings named AzureFunctionsJobHost__path__to__it.</summary>
internal sealed class HostFile
{
    private const string Prefix = "AzureFunctionsJobHost";
    private const string Queues = "extensions__queues";
    private readonly JsonElement root;
    private readonly IReadOnlyDictionary<string, string> settings;

    public HostFile(FunctionsHostOptions options)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(options.AppFolder, "host.json")));
        (root, settings) = (document.RootElement.Clone(), options.Settings);
        if (Text("version") != "2.0")
            throw new InvalidOperationException("host.json: version is 2.0.");
        if (Text("customHandler__enableProxyingHttpRequest") != "true")
            throw new NotSupportedException("This host only knows enableProxyingHttpRequest.");
        if (Text("extensionBundle__id") is null)
            throw new InvalidOperationException("host.json: without an extension bundle there are no queue triggers.");
        if (Text("extensions__http__routePrefix") != "")
            throw new NotSupportedException("This host only knows an empty route prefix.");
    }

    public string Executable => Text("customHandler__description__defaultExecutablePath") is { Length: > 0 } path ? path : throw new InvalidOperationException("host.json: customHandler.description.defaultExecutablePath is missing.");

    public TimeSpan InitializationTimeout => Time("customHandler__initializationTimeout", TimeSpan.FromSeconds(30));

    public TimeSpan FunctionTimeout => Time("functionTimeout", TimeSpan.FromMinutes(30));

    public int BatchSize => Number($"{Queues}__batchSize", 16);

    public int NewBatchThreshold => Number($"{Queues}__newBatchThreshold", BatchSize / 2 * Environment.ProcessorCount);

    public int MaxDequeueCount => Number($"{Queues}__maxDequeueCount", 5);

    /// <summary>The delay after a failed attempt; not the lease.</summary>
    public TimeSpan VisibilityTimeout => Time($"{Queues}__visibilityTimeout", TimeSpan.Zero);

    public TimeSpan MaxPollingInterval => Time($"{Queues}__maxPollingInterval", TimeSpan.FromMinutes(1));

    public bool Base64 => (Text($"{Queues}__messageEncoding") ?? "base64") == "base64";

    private string? Text(string path)
    {
        if (settings.TryGetValue($"{Prefix}__{path}", out var given))
            return given;
        var element = root;
        foreach (var name in path.Split("__"))
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        return element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText();
    }

    private int Number(string path, int usual) => Text(path) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private TimeSpan Time(string path, TimeSpan usual) => Text(path) is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : usual;
}
