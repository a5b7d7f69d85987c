using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Declarative;

/// <summary>
/// A folder of recorded answers in the place of the network: files in the order of their names, each {"call": "GET /path", "status": 200,
/// "headers": {}, "body": ...}. An answer is given once, in order; the last of a call is given again. The query is not compared.
/// </summary>
public sealed class RecordedAnswers : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<JsonObject>> answers = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    private RecordedAnswers()
    {
    }

    /// <summary>Calls for which there is no answer, without their query.</summary>
    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>Throws <see cref="InvalidDataException"/> with the file's name when one is not an answer.</summary>
    public static RecordedAnswers Load(string folder)
    {
        var recorded = new RecordedAnswers();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var answer = Read(file);
            var call = (string?)answer["call"] ?? throw new InvalidDataException($"{file} has no \"call\" such as \"GET /path\".");
            if (!recorded.answers.TryGetValue(call, out var queue))
                recorded.answers[call] = queue = new();
            queue.Enqueue(answer);
        }
        return recorded;
    }

    /// <summary>A connector of the file's vendor that is answered from the folder.</summary>
    public IConnector Connect(IConnectorFactory factory, ConnectorContext context) =>
        factory is DeclarativeFactory declarative ? declarative.Create(context, this) : throw new ArgumentException("Only a file's vendor can be answered from a folder.", nameof(factory));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Answer($"{request.Method} {request.RequestUri!.AbsolutePath}"));
    }

    private HttpResponseMessage Answer(string call)
    {
        lock (gate)
        {
            if (!answers.TryGetValue(call, out var queue))
            {
                Missing.Add(call);
                return new(HttpStatusCode.NotImplemented);
            }
            var answer = queue.Count > 1 ? queue.Dequeue() : queue.Peek();
            var response = new HttpResponseMessage((HttpStatusCode)((int?)answer["status"] ?? 200));
            if (answer["body"] is { } body)
                response.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            foreach (var (name, value) in answer["headers"] as JsonObject ?? [])
                response.Headers.TryAddWithoutValidation(name, (string?)value);
            return response;
        }
    }

    private static JsonObject Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new InvalidDataException($"{file} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is not JSON at line {e.LineNumber + 1}.");
        }
    }
}
