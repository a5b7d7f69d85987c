namespace StackHub.Tests.Configuration;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Name, bytes);

    public string Name { get; } = Path.GetTempFileName();

    public void Dispose() => File.Delete(Name);
}
