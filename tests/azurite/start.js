// Azurite that ends with the process that started it: its standard input closes then, however that process ended.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
require('azurite/dist/src/azurite');
