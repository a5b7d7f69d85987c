namespace StackHub.Sandbox.Hosting;

/// <summary>A refusal in the vendor's own words, carried from where it is noticed to the edge that writes it.</summary>
internal sealed class VendorRefusal(Answer answer) : Exception($"The vendor refuses with {answer.Status}.")
{
    public Answer Answer { get; } = answer;
}
