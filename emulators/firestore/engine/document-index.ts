import { collectionPathOf, compareNames, idOf, type Scope } from './resource-name.ts';
import { compareText } from './text-order.ts';

/**
 * Names of documents, found by their collection, so that a query reads one collection and not the
 * whole database. A name stays in the tree as a passage while documents lie below it.
 */
export interface DocumentIndex {
  add(name: string): void;
  remove(name: string): void;
  clear(): void;
  /** The names of the documents that a query with this scope looks at, in no special order. */
  inScope(scope: Scope): Iterable<string>;
  /** Ids of the collections right below a parent that hold documents at any depth, in order. */
  collectionIds(parent: string): string[];
  /** Names right in a collection, in order, also of missing documents with documents below. */
  namesOrPassages(collectionPath: string): string[];
}

interface DocumentNode {
  readonly name: string;
  present: boolean;
  readonly collections: Map<string, CollectionNode>;
  /** Absent at the root, which is no document. */
  readonly collection?: CollectionNode;
}

interface CollectionNode {
  readonly path: string;
  readonly documents: Map<string, DocumentNode>;
  readonly parent: DocumentNode;
}

export function createDocumentIndex(): DocumentIndex {
  const documents = new Map<string, DocumentNode>();
  const collectionsById = new Map<string, Set<CollectionNode>>();

  return {
    add(name) {
      nodeFor(name).present = true;
    },
    remove(name) {
      const node = documents.get(name);
      if (!node) return;
      node.present = false;
      prune(node);
    },
    clear() {
      documents.clear();
      collectionsById.clear();
    },
    inScope,
    collectionIds(parent) {
      return [...(documents.get(parent)?.collections.keys() ?? [])].sort(compareText);
    },
    namesOrPassages(collectionPath) {
      const collection = collectionAt(collectionPath);
      return [...(collection?.documents.keys() ?? [])].sort(compareNames);
    },
  };

  function* inScope(scope: Scope): Generator<string> {
    if (!scope.allDescendants) {
      const parent = documents.get(scope.parent);
      if (!parent) return;
      if (scope.collectionId === undefined) {
        for (const collection of parent.collections.values()) yield* presentIn(collection);
      } else {
        const collection = parent.collections.get(scope.collectionId);
        if (collection) yield* presentIn(collection);
      }
    } else if (scope.collectionId !== undefined) {
      for (const collection of collectionsById.get(scope.collectionId) ?? []) {
        if (collection.path.startsWith(`${scope.parent}/`)) yield* presentIn(collection);
      }
    } else {
      const parent = documents.get(scope.parent);
      if (parent) yield* presentBelow(parent);
    }
  }

  function* presentIn(collection: CollectionNode): Generator<string> {
    for (const node of collection.documents.values()) if (node.present) yield node.name;
  }

  function* presentBelow(node: DocumentNode): Generator<string> {
    for (const collection of node.collections.values()) {
      for (const child of collection.documents.values()) {
        if (child.present) yield child.name;
        yield* presentBelow(child);
      }
    }
  }

  function collectionAt(path: string): CollectionNode | undefined {
    return documents.get(collectionPathOf(path))?.collections.get(idOf(path));
  }

  function nodeFor(name: string): DocumentNode {
    const existing = documents.get(name);
    if (existing) return existing;
    const collection = isRoot(name) ? undefined : collectionFor(collectionPathOf(name));
    const node: DocumentNode = {
      name,
      present: false,
      collections: new Map(),
      ...(collection && { collection }),
    };
    documents.set(name, node);
    collection?.documents.set(name, node);
    return node;
  }

  function collectionFor(path: string): CollectionNode {
    const existing = collectionAt(path);
    if (existing) return existing;
    const parent = nodeFor(collectionPathOf(path));
    const collection: CollectionNode = { path, documents: new Map(), parent };
    parent.collections.set(idOf(path), collection);
    const sameId = collectionsById.get(idOf(path)) ?? new Set();
    collectionsById.set(idOf(path), sameId.add(collection));
    return collection;
  }

  function prune(node: DocumentNode): void {
    const { collection } = node;
    if (node.present || node.collections.size > 0 || !collection) return;
    documents.delete(node.name);
    collection.documents.delete(node.name);
    if (collection.documents.size > 0) return;
    const id = idOf(collection.path);
    collection.parent.collections.delete(id);
    const sameId = collectionsById.get(id);
    sameId?.delete(collection);
    if (sameId?.size === 0) collectionsById.delete(id);
    prune(collection.parent);
  }
}

/** `projects/{p}/databases/{d}/documents` */
function isRoot(name: string): boolean {
  return name.endsWith('/documents') && name.split('/').length === 5;
}
