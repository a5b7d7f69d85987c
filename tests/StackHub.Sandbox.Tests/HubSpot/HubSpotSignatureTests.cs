using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;

namespace StackHub.Sandbox.Tests.HubSpot;

public sealed class HubSpotSignatureTests
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";

    [Fact]
    public void The_vendors_own_v1_vector_holds() => Assert.Equal(
        "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
        HubSpotSignature.V1(Secret, """[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]"""));

    [Fact]
    public void The_vendors_own_v2_vectors_hold()
    {
        Assert.Equal("eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e", HubSpotSignature.V2(Secret, "GET", "https://www.example.com/webhook_uri", ""));
        Assert.Equal("9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900", HubSpotSignature.V2(Secret, "POST", "https://www.example.com/webhook_uri", """{"example_field":"example_value"}"""));
    }

    [Fact]
    public void Escapes_are_decoded_before_v3_signs() => Assert.Equal(
        HubSpotSignature.V3(Secret, "POST", "https://a.example/hook?x=a@b", "[]", "1"),
        HubSpotSignature.V3(Secret, "POST", "https://a.example/hook?x=a%40b", "[]", "1"));

    [Fact]
    public void The_intercom_vector_holds() => Assert.Equal(
        "sha1=f3d8e3f3fd442fb2f093e5d59714a8d1b27ba426",
        IntercomSignature.Of("secret", """{"type":"notification_event"}"""));
}
