// Private endpoints of storage and vault, and the names that lead to them inside the network.
param location string
param tags object
param networkName string
param storageName string
param vaultName string

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' existing = {
  name: networkName
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

var services = [
  { group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}', target: storage.id }
  { group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}', target: storage.id }
  { group: 'table', zone: 'privatelink.table.${environment().suffixes.storage}', target: storage.id }
  { group: 'vault', zone: 'privatelink.vaultcore.azure.net', target: vault.id }
]

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = [for service in services: {
  name: service.zone
  location: 'global'
  tags: tags
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (service, index) in services: {
  parent: zone[index]
  name: 'link-${service.group}'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = [for service in services: {
  name: 'pe-${service.group}-${networkName}'
  location: location
  tags: tags
  properties: {
    subnet: { id: '${network.id}/subnets/endpoints' }
    privateLinkServiceConnections: [
      {
        name: service.group
        properties: {
          privateLinkServiceId: service.target
          groupIds: [ service.group ]
        }
      }
    ]
  }
}]

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01' = [for (service, index) in services: {
  parent: endpoint[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: service.group, properties: { privateDnsZoneId: zone[index].id } }
    ]
  }
}]
